/** What the link of a mail from Identity carries; it leads to whichever page of the shop Identity took for the one that asked. */
const MAILED = /^#(confirmation|recovery|invite|email_change)_token=/

// The page of purchases does the rest. The address is replaced, so that "back" does not use the link a second time.
if (MAILED.test(location.hash)) location.replace(`/purchases/${location.hash}`)
