import { ApiProblem } from '@/api/problem';

/** PUTs the file to its signed address. XMLHttpRequest, for fetch cannot tell how much of an upload is done. */
export function upload(url: string, file: Blob, onProgress: (share: number) => void, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => (request.status < 300 ? resolve() : reject(new ApiProblem({ status: request.status, code: `http${request.status}` })));
    request.onerror = () => reject(new ApiProblem({ status: 0, code: 'offline' }));
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
