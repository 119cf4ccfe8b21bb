/** At most this many visits within this many seconds; windows begin at full multiples of their length. */
export type RateLimit = { most: number; seconds: number }

/** How often one network may knock at each door that costs a stranger nothing and us something. A day is the longest window. */
export const DOOR_LIMITS = {
  // Stolen cards are tried by opening payment pages; nobody who buys opens that many.
  begin_checkout: [
    { most: 10, seconds: 60 },
    { most: 50, seconds: 3600 },
  ],
  get_entitlements: [{ most: 60, seconds: 60 }],
  send_access_code: [{ most: 5, seconds: 600 }],
  send_access_link: [{ most: 10, seconds: 600 }],
  redeem_access_code: [{ most: 30, seconds: 600 }],
  get_purchases: [{ most: 60, seconds: 60 }],
  get_download_link: [{ most: 60, seconds: 60 }],
  send_purchase_links: [{ most: 20, seconds: 600 }],
  send_portal_link: [{ most: 5, seconds: 600 }],
  open_portal_link: [{ most: 30, seconds: 600 }],
  close_portal: [{ most: 60, seconds: 60 }],
  correct_email: [{ most: 10, seconds: 600 }],
  get_my_data: [{ most: 10, seconds: 600 }],
  delete_account: [{ most: 10, seconds: 600 }],
  log_click: [{ most: 30, seconds: 60 }],
  admin: [{ most: 600, seconds: 60 }],
} as const satisfies Record<string, readonly RateLimit[]>

export type Door = keyof typeof DOOR_LIMITS
