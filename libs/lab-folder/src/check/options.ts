/** What the platform knows and allows; without it (at an author's desk) these checks are left out. */
export interface CheckOptions {
  /** The image list: name → what it holds. */
  images?: ReadonlyMap<string, 'container' | 'disk'>;
  /** References to images that are not on the list. */
  allowReferences?: boolean;
  /** Extra Kubernetes objects. */
  allowKubernetesObjects?: boolean;
}
