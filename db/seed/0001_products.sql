-- The demo shop, written by db/seed/make from its catalogue. For an empty database only.
insert into products
  (id, slug, type, status, title, summary, description, unit_amount, currency, affiliate_url, images, badges, category, tags, licence,
   samples, position)
values
  ('prd_small_and_finished', 'small-and-finished', 'direct', 'published', 'Small and Finished', 'A short book about getting one good thing out of the drawer: from first promise to first update in six weeks.', 'I have a drawer full of unfinished things. What the finished ones had in common was their size. This book is the method that came out of that drawer: how one person, beside a job, gets a digital product from first promise to first update in six weeks.

### What is inside

- 33 pages, set to be read on a phone as well as on paper
- Eight chapters, one exercise at the end of each
- Worksheets to print: the promise, the three numbers, the day before release
- A page that sells, in six questions; a price, with the arithmetic done

### Who it is for

Designers, writers, illustrators, musicians and teachers who make small things alone. You need no audience and no budget. If you already have a team and a launch plan, this is not your book.', 1900, 'eur', null, '[{"sha256":"33824dd8f7770c4b8f398d6a97fe619a554db5d193e7170bf7ce60ea8757affd","alt":"A red book with two arched windows on its cover, lying in window light on a pale blue table","width":1600,"height":1200,"content_type":"image/jpeg"},{"sha256":"17ab8fdd9d9b1eb61cb6a666896a895ba7a303fde637bd5e8665c132dfb247c5","alt":"The book open at chapter three, “Make the ugly whole first”, with a green title page and a page of text","width":1600,"height":1200,"content_type":"image/jpeg"}]'::jsonb, array['E-book', 'PDF']::text[], 'books', array['working-alone', 'pdf']::text[], 'Read it on all your devices, print it, lend the paper. Quote what you like with the title. Please do not post or resell the file. When the next edition comes, you get it too.', '[{"kind":"pdf","sha256":"6cc089ccd9d3a5f389d58df438e51c28f42412ba9fc3b94247f9ef11b0439c50","content_type":"image/jpeg","alt":"Five of its 33 pages","width":1000,"height":1417,"pages":[{"sha256":"6cc089ccd9d3a5f389d58df438e51c28f42412ba9fc3b94247f9ef11b0439c50","content_type":"image/jpeg","alt":"The contents: eight chapters, and worksheets","width":1000,"height":1417},{"sha256":"02e70b2d2cfb32b883cca90e1d897628ff95b4b0463da56b6c1dc4adcecf952e","content_type":"image/jpeg","alt":"The title of chapter one, “Choose a promise you can keep”, below a window in the morning","width":1000,"height":1417},{"sha256":"852dead4442cca740f9c23ac6545eda770328824750a160ca2e4069faa77ceff","content_type":"image/jpeg","alt":"The first page of chapter one: what a promise is, and three questions that shrink an idea","width":1000,"height":1417},{"sha256":"7f752440e3ee74c69b2aca7b65b40173216eeadf2a4dd2706f3d9ccceb88f589","content_type":"image/jpeg","alt":"The title of chapter three, “Make the ugly whole first”, below a window at noon","width":1000,"height":1417},{"sha256":"9cc2d9e073b07637bb83336680c114a400cd01aae961ce65dcb0dfbaa295000c","content_type":"image/jpeg","alt":"The first page of chapter three: what “whole” means, and placeholders that tell the truth","width":1000,"height":1417}]}]'::jsonb, 10),
  ('prd_casement_display', 'casement-display', 'direct', 'published', 'Casement Display', 'A bold typeface built from arched windows, for shop fronts, covers and few words at a time.', 'A display face built from arched windows. Every capital that can be an arch is one: A, E, M, N, U, W. The rest is one circle and one stem, drawn until they agreed with each other.

### What is inside

- One weight, bold, as an OpenType file (`.otf`) for macOS, Windows, Linux and the web
- 184 characters: Latin letters for Western European languages, figures, punctuation, €, £, $, arrows
- 139 kerning pairs, so that _To_ and _Ve_ do not fall apart
- A four-page specimen to print

### Who it is for

Shop fronts, covers, posters, packaging, titles. Large and few words at a time. It is not a face for reading, and it does not pretend to be.', 2900, 'eur', null, '[{"sha256":"fba986dd4cf52703b4b679b8a7888f7ba5badb8c8ee9e0e707c1cae136e996d6","alt":"The letters A and a of Casement Display, very large, in dark blue on yellow","width":1600,"height":1200,"content_type":"image/jpeg"},{"sha256":"85a6a99f21bb47fe18251bafaeb77385bb1d96d8fa636af62e8e2ac542393d54","alt":"Capitals, small letters and figures of the typeface in a grid on dark blue","width":1600,"height":1200,"content_type":"image/jpeg"},{"sha256":"b8a487ef657bb6eeb15ded5bf2c139defaf25a97555e0fbec2f675834f21f545","alt":"Three signs in the shape of arches, set in the typeface: Bakery open, Room No. 24, Swim more","width":1600,"height":1200,"content_type":"image/jpeg"}]'::jsonb, array['Font', 'New']::text[], 'typefaces', array['letters', 'windows']::text[], 'Use it in print, on screen and on the web for anything you make, for yourself or for clients. One person, all their machines. Please do not sell or share the font file itself.', '[{"kind":"pdf","sha256":"60602cca6a49df2d5add8499840fcc0ad10087d59a5d17e737b145510e82ce7d","content_type":"image/jpeg","alt":"Three pages of the specimen that comes with it","width":1000,"height":1415,"pages":[{"sha256":"60602cca6a49df2d5add8499840fcc0ad10087d59a5d17e737b145510e82ce7d","content_type":"image/jpeg","alt":"The typeface in use, in five sizes: Open shutters, Arches of 1926, Breakfast from 7:30","width":1000,"height":1415},{"sha256":"d192dbc36594f8b42429cb132faf99547bb028c32fabf3bec2034abc4fb4ffb7","content_type":"image/jpeg","alt":"All 184 characters","width":1000,"height":1415},{"sha256":"2d55f80ce4f7a868fd1cc40c380d9429d59d32fd7a09cc781f9190b6688584c3","content_type":"image/jpeg","alt":"A poster: North light is the same all day, so the eye can rest","width":1000,"height":1415}]}]'::jsonb, 20),
  ('prd_twenty_four_windows', 'twenty-four-windows', 'direct', 'published', 'Twenty-four windows', 'A poster of one day of north light, hour by hour. Print it in A2, or at any size you like.', 'One day of north light, hour by hour. Twenty-four arched windows from midnight to midnight: the moon crosses, the hills wake, the sun goes through orange and leaves. I drew it for the wall opposite my desk, to have weather in February.

### What is inside

- A2 print file, PDF, 420 × 594 mm, all vectors, so that any larger size works as well
- PNG, 2480 × 3508 pixels, for A4 at home or a screen on the wall

### How to print it

Take the PDF to a copy shop and ask for matt paper of at least 170 g. It has a light border of more than 30 mm, so no bleed is needed.', 1200, 'eur', null, '[{"sha256":"f576ac5fdf2b7d17ce4658e0ea7a0acf730155730fed82149d0811e61ef5162d","alt":"The framed poster on a pink wall: twenty-four arched windows, each with the sky of one hour","width":1600,"height":1200,"content_type":"image/jpeg"},{"sha256":"7c59937b5c2c5707b26a84b8dc186ab7d761dabccaa095ad8cde103cb4d5feef","alt":"Ten of the windows close up: noon to four o’clock above, six to ten in the evening below","width":1600,"height":1200,"content_type":"image/jpeg"}]'::jsonb, array['Poster', 'A2']::text[], 'prints', array['windows', 'to-print']::text[], 'Print as many as you like for your own walls and as presents. Please do not sell prints or share the files.', '[{"kind":"image","sha256":"5a4242eed71f1b5ca4326a0aef77272d97519791177953e47459f4c263a902e4","content_type":"image/jpeg","alt":"A part of the poster as sharp as it prints: the windows from noon to four","width":1600,"height":1200}]'::jsonb, 30),
  ('prd_quiet_hours', 'quiet-hours', 'direct', 'published', 'Quiet Hours', 'Three ambient loops without a seam, for slow work, films and rooms that are too silent.', 'Three loops for slow work. Each ends exactly where it begins, so you can leave it running under an afternoon and never hear a seam. They were made from nothing but added sine waves and a room that I wrote myself.

### What is inside

- **Blue Hour**, 75 bpm, D major: bells over a held chord
- **Two AM**, 60 bpm, B minor: a felt piano that is in no hurry
- **First Light**, 90 bpm, F lydian: plucked notes that climb
- WAV, stereo, 44.1 kHz, 16 bit, in one zip archive, and a ten-second listen as a file of its own

### Who it is for

People who cut films, podcasts or games, and anybody who would like to write without lyrics.', 1400, 'eur', null, '[{"sha256":"8c24c8bd81b1cfea155b634e3591ca8968475c1b020f26c9dae9a1895929e2d3","alt":"A record with a yellow label leaving its dark sleeve, on which four windows show the night","width":1600,"height":1200,"content_type":"image/jpeg"},{"sha256":"fe48ccd92d460dcefa5ac96ad925f1e5a8d506ab2c98caa6caf906335b4208be","alt":"The loudness of the three loops over time, drawn as bars inside three arched windows","width":1600,"height":1200,"content_type":"image/jpeg"}]'::jsonb, array['Sound', 'WAV']::text[], 'sounds', array['ambient', 'loops']::text[], 'Use them in your own work and your clients’, also paid, cut and mixed as you like. Please do not sell or share the loops as loops. A mention is kind and not required.', '[{"kind":"audio","sha256":"fb223a4fb50ca788969548cfc85baaf0e0b0e98e01b32f2c4c54259552d278c3","content_type":"audio/mpeg","alt":"Eight seconds of each loop, one fading into the next","seconds":24.8}]'::jsonb, 40),
  ('prd_paperwork_kit', 'paperwork-kit', 'direct', 'published', 'Paperwork Kit', 'Sixteen documents that take one job from “do you have time?” to “paid, with thanks”.', 'Sixteen documents that take one job from _do you have time?_ to _paid, with thanks_. They are the ones I use. They open without any program that I could stop paying for.

### What is inside

- **Documents** in Markdown: brief, proposal, agreement, handover
- **Quote, invoice and receipt** as HTML: open in any browser, click a text to change it, the sums do themselves, print
- **Sheets** as CSV with formulas: income and costs, hours, projects, what to charge
- **Five short letters** for the awkward moments, among them two kinds of late payment

### Who it is for

Freelancers who would rather do the work. Good with Notion, Obsidian, Numbers, Excel and LibreOffice.', 2400, 'eur', null, '[{"sha256":"ee1ab55f2fd14d0533fcc7b9064e2facbb465751580f435bfbea30aa24d7c251","alt":"A quote, an invoice and a receipt fanned out on a red table","width":1600,"height":1200,"content_type":"image/jpeg"},{"sha256":"fa31622968b82833977c148e0e5737fb2fb959b63650ecf14a87b14c0dd85b1b","alt":"The lines and the total of the invoice, close up","width":1600,"height":1200,"content_type":"image/jpeg"}]'::jsonb, array['Templates']::text[], 'templates', array['working-alone', 'to-print']::text[], 'Use everything for your own work, as often as you like, with your name on it. Please do not resell or share the files. These are working documents and not legal advice: have the agreement read once by somebody who knows the law where you live.', '[]'::jsonb, 50),
  ('prd_eight_panes', 'eight-panes', 'direct', 'published', 'Eight Panes', 'Eight patterns that repeat without a seam, as SVG and PNG, for paper, cloth and screens.', 'Eight patterns that repeat without a seam, cut from the same windows as everything here: _arcade, casements, petals, scales, moons, shutters, hills, steps_.

### What is inside

- Eight SVG tiles with plain hex colours that are easy to change
- The same tiles as PNG, 1000 pixels square
- A note on using them on the web and in drawing programs

### Who it is for

Wrapping paper, notebooks, stickers, tea towels, slide backgrounds, the inside of envelopes.', 900, 'eur', null, '[{"sha256":"182bd51f610e5216e44e90dc72ca1e7e9589a26e4d590df50e9d5b40dcd2a0c0","alt":"All eight patterns side by side: arches, panes, petals, scales, moons, shutters, hills and steps","width":1600,"height":1200,"content_type":"image/jpeg"},{"sha256":"cc148b617dfc07f8df382afd111875c31b318e52f3ae2e6b0d27d6b3b73948d4","alt":"Three sheets of wrapping paper with the patterns scales, petals and arcade","width":1600,"height":1200,"content_type":"image/jpeg"}]'::jsonb, array['Patterns', 'SVG']::text[], 'patterns', array['windows', 'svg', 'to-print']::text[], 'Use them on anything you make, also for sale, in any number. Please do not sell or share the pattern files themselves.', '[]'::jsonb, 60),
  ('prd_small_and_finished_sample', 'small-and-finished-sample', 'direct', 'published', 'Small and Finished: the sample', 'The introduction and chapter one, complete and free: choose a promise you can keep.', 'The introduction and the whole of chapter one, _Choose a promise you can keep_, exactly as they stand in the book. It is complete in itself: at the end you will have one sentence that says what you are making, for whom, and when it is done.

### What is inside

- 9 pages, PDF
- Three questions that shrink an idea, with a worked example
- The first exercise of the book', 0, 'eur', null, '[{"sha256":"0ce5123f639924c3461fd4bc9aafb4676345c3e450e41f350ce275fc66e37fad","alt":"A thin red booklet on top of a page of text, on a yellow table","width":1600,"height":1200,"content_type":"image/jpeg"}]'::jsonb, array['Free', 'PDF']::text[], 'books', array['working-alone', 'pdf', 'free']::text[], 'Read it, print it, pass it on whole and free of charge. It costs nothing; the shop will still ask for an e-mail address, because that is where the download goes.', '[]'::jsonb, 70),
  ('prd_the_elements_of_typographic_style', 'the-elements-of-typographic-style', 'affiliate', 'published', 'The Elements of Typographic Style', 'Robert Bringhurst on why a page of text works. The book I open when I am sure that I am right.', 'Robert Bringhurst’s book is the one I open when I am sure that I am right about a comma. It explains _why_ a page of text works, in sentences that are a lesson in themselves.

Begin with chapter two, _Rhythm & Proportion_. Keep the glossary of characters within reach for the rest of your life.', null, null, 'https://www.amazon.com/dp/0881792128?tag=tillexample-20', '[{"sha256":"31c7c1346ba6fd02b90b680c5b927af6d9d248e9251bda59feea6d5da54fa49b","alt":"Our drawing for this recommendation: a dark book with the letters a and g between four lines","width":1600,"height":1200,"content_type":"image/jpeg"}]'::jsonb, array['From the shelf']::text[], 'books', array['letters', 'on-paper']::text[], '', '[]'::jsonb, 80),
  ('prd_interaction_of_color', 'interaction-of-color', 'affiliate', 'published', 'Interaction of Color', 'Josef Albers teaches colour by letting you be wrong. Cut paper, one hour, new eyes.', 'Josef Albers taught colour by letting students be wrong. The exercises need cut paper and an hour, and after three of them you stop believing your eyes, which is the point.

Do the one about making one colour look like two first.', null, null, 'https://www.amazon.com/dp/0300179359?tag=tillexample-20', '[{"sha256":"cd4c2f71eda7920602796264880b5c05a797414bb09d4009472c5b39c97e7f6b","alt":"Our drawing for this recommendation: a book of four colour fields, the same grey dot on each of them","width":1600,"height":1200,"content_type":"image/jpeg"}]'::jsonb, array['From the shelf']::text[], 'books', array['colour', 'on-paper']::text[], '', '[]'::jsonb, 90),
  ('prd_grid_systems', 'grid-systems', 'affiliate', 'published', 'Grid Systems in Graphic Design', 'Josef Müller-Brockmann’s manual of order, in two languages, to follow once and then to break.', 'Josef Müller-Brockmann’s manual, in English and German side by side. It is strict, and it is meant to be. Set one page by its rules, then break the rule that hurts most; now you know what it was for.

I go back to the pages on the construction of the type area nearly every month.', null, null, 'https://www.amazon.com/dp/3721201450?tag=tillexample-20', '[{"sha256":"5144a4408c4516095b9f6933042287ed428fdb4b3769c9c30598c675223eab3b","alt":"Our drawing for this recommendation: a white book with coloured blocks standing in a grid","width":1600,"height":1200,"content_type":"image/jpeg"}]'::jsonb, array['From the shelf']::text[], 'books', array['layout', 'on-paper']::text[], '', '[]'::jsonb, 100),
  ('prd_rain_rooms', 'rain-rooms', 'direct', 'draft', 'Rain Rooms', 'Five loops for indoors, as rain would play them.', 'Five loops for indoors, played as rain would play them. In the making: two of the five are finished.', 1600, 'eur', null, '[{"sha256":"f55bccd9747a5df8cd7178a8d2131067151653fe89afe9d3a8b1ccade9fa7c66","alt":"A record with a pink label leaving its grey-blue sleeve, on which four windows show a morning","width":1600,"height":1200,"content_type":"image/jpeg"}]'::jsonb, array['Sound']::text[], 'sounds', array['ambient', 'loops']::text[], '', '[]'::jsonb, 110),
  ('prd_year_planner_2025', 'year-planner-2025', 'direct', 'retired', 'Year planner 2025', 'A window for each month and every day of 2025 on one sheet of A3.', 'A window for each month and every day of 2025 on one sheet of A3. The year is over, and so is this planner. If you bought it, your download still works.', 700, 'eur', null, '[{"sha256":"865007b86e213946bb74dc38ab6bbbd3f826ced287f239f5edd05d4d5299028a","alt":"A calendar sheet for 2025 with twelve arched windows, on a yellow table","width":1600,"height":1200,"content_type":"image/jpeg"}]'::jsonb, array['Poster', 'A3']::text[], 'prints', array['windows', 'to-print']::text[], '', '[]'::jsonb, 120);

insert into product_files
  (id, product_id, slot, version, filename, content_type, size_bytes, sha256, store, key)
values
  ('fil_small_and_finished_book', 'prd_small_and_finished', 'book', 1, 'small-and-finished.pdf', 'application/pdf', 373651, '9ed5cd79f4a3b5946bd189cf2ce15c0c1695438d304b1f9021636db7ed1a8784', 'blobs', 'files/9ed5cd79f4a3b5946bd189cf2ce15c0c1695438d304b1f9021636db7ed1a8784'),
  ('fil_casement_display_font', 'prd_casement_display', 'font', 1, 'casement-display-bold.otf', 'font/otf', 22880, '10c31defc4135df221662b3ad3f69ec2b9d966a32d3b020df0df84c792147bbe', 'blobs', 'files/10c31defc4135df221662b3ad3f69ec2b9d966a32d3b020df0df84c792147bbe'),
  ('fil_casement_display_specimen', 'prd_casement_display', 'specimen', 1, 'casement-display-specimen.pdf', 'application/pdf', 89056, 'f88609a50bcd992a9681dca41652f33b8301a7b339a4fd94e1c610a45f975834', 'blobs', 'files/f88609a50bcd992a9681dca41652f33b8301a7b339a4fd94e1c610a45f975834'),
  ('fil_twenty_four_windows_print', 'prd_twenty_four_windows', 'print', 1, 'twenty-four-windows-a2.pdf', 'application/pdf', 233650, '47bab2a96fc45223d0eaf32c638cd93096f1c9335890f38ae7969965f5e1de00', 'blobs', 'files/47bab2a96fc45223d0eaf32c638cd93096f1c9335890f38ae7969965f5e1de00'),
  ('fil_twenty_four_windows_screen', 'prd_twenty_four_windows', 'screen', 1, 'twenty-four-windows.png', 'image/png', 268317, '1b80287cb3ed10125f9dd104379b8033e0e00f46f512a4671035632a52168f12', 'blobs', 'files/1b80287cb3ed10125f9dd104379b8033e0e00f46f512a4671035632a52168f12'),
  ('fil_quiet_hours_loops', 'prd_quiet_hours', 'loops', 1, 'quiet-hours.zip', 'application/zip', 6096059, 'ca61dac7f2259fdc5c4ddb2baa498d9c2ceb00a7c0c7146abed65512ff9a6b2a', 'blobs', 'files/ca61dac7f2259fdc5c4ddb2baa498d9c2ceb00a7c0c7146abed65512ff9a6b2a'),
  ('fil_quiet_hours_preview', 'prd_quiet_hours', 'preview', 1, 'quiet-hours-preview.wav', 'audio/wav', 917324, 'cf71b548aa780e1b8f62f0afaf2d33e8d1ac57a294dee5d83740c1c2e94f0048', 'blobs', 'files/cf71b548aa780e1b8f62f0afaf2d33e8d1ac57a294dee5d83740c1c2e94f0048'),
  ('fil_paperwork_kit_kit', 'prd_paperwork_kit', 'kit', 1, 'paperwork-kit.zip', 'application/zip', 14077, '13a43e519c195afd3b07041137d24d06473dc554c0898e6f961a4e5b813a681c', 'blobs', 'files/13a43e519c195afd3b07041137d24d06473dc554c0898e6f961a4e5b813a681c'),
  ('fil_eight_panes_patterns', 'prd_eight_panes', 'patterns', 1, 'eight-panes.zip', 'application/zip', 159362, '45374f1e72fb8809fc0f9623611d058c3c3179c226b39341a9f72bee0ea1aae1', 'blobs', 'files/45374f1e72fb8809fc0f9623611d058c3c3179c226b39341a9f72bee0ea1aae1'),
  ('fil_small_and_finished_sample_sample', 'prd_small_and_finished_sample', 'sample', 1, 'small-and-finished-sample.pdf', 'application/pdf', 108610, 'fb400e3f2893043b5fcf70bd2ffe7920e538fcd64de30c0e4f8ae58bc3a9d798', 'blobs', 'files/fb400e3f2893043b5fcf70bd2ffe7920e538fcd64de30c0e4f8ae58bc3a9d798'),
  ('fil_year_planner_2025_print', 'prd_year_planner_2025', 'print', 1, 'year-planner-2025-a3.pdf', 'application/pdf', 128632, 'ebd1a7e860ff672ed6424e4864892486f3b0f65d419bfb0249d71448afa8b2ac', 'blobs', 'files/ebd1a7e860ff672ed6424e4864892486f3b0f65d419bfb0249d71448afa8b2ac');
