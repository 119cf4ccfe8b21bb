import type { S3Key } from './signature.ts'

/** The bucket of the local platform, and the path of the local services under which it is. */
export const LOCAL_BUCKET = 'till-files'
export const LOCAL_BUCKET_PATH = '/s3'

/** The one key that opens it. */
export function localBucketKey(secretAccessKey: string): S3Key {
  return { accessKeyId: 'till-local', secretAccessKey, region: 'us-east-1' }
}

/** The settings with which the shop finds it. */
export function localBucketSettings(servicesUrl: string, key: S3Key): Record<string, string> {
  return {
    FILES_S3_ENDPOINT: `${servicesUrl}${LOCAL_BUCKET_PATH}`,
    FILES_S3_BUCKET: LOCAL_BUCKET,
    FILES_S3_REGION: key.region,
    FILES_S3_ACCESS_KEY_ID: key.accessKeyId,
    FILES_S3_SECRET_ACCESS_KEY: key.secretAccessKey,
    FILES_S3_STYLE: 'path',
  }
}
