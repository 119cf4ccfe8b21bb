-- The seller is told of a job that was given up, by the very statement that gives it up, whichever that is; never of a notice itself.
create function tell_of_dead_job() returns trigger language plpgsql as $$
declare
  notice text := left('seller_dead_job:' || new.id || ':' || new.fence, 250);
begin
  if new.kind = 'send_email' and new.payload ->> 'email_id' like 'seller\_%' then
    return null;
  end if;
  insert into emails (id, kind, payload) values (notice, 'seller_dead_job',
    jsonb_build_object('job_id', new.id, 'job_kind', new.kind, 'job_error', coalesce(new.last_error, '')))
  on conflict (id) do nothing;
  if found then
    insert into jobs (id, kind, payload) values ('mail:' || notice, 'send_email', jsonb_build_object('email_id', notice));
  end if;
  return null;
end
$$;
create trigger jobs_dead after update of state on jobs
  for each row when (new.state = 'dead' and old.state <> 'dead') execute function tell_of_dead_job();

-- For the purge of what was done long ago.
create index job_done on jobs (finished_at) where state = 'done';
