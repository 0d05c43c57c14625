import { ImageSpec } from '@lab-orchestrator/contracts';
import { expect, it } from 'vitest';
import { imageId, referencedImage, uploadedImageId } from './image-id.js';

it.each([
  ['docker.io/library/nginx:1.27', 'nginx'],
  ['nginx', 'nginx'],
  ['registry.example:5000/team/My_Image@sha256:abc', 'my-image'],
  ['quay.io/x/y', 'y'],
  ['???', 'image'],
])('a reference has a usable id and name: %s', (reference, name) => {
  const image = ImageSpec.parse(referencedImage(reference, 'container'));
  expect(image.name).toBe(name);
  expect(image.id).toMatch(new RegExp(`^${name}-[0-9a-f]{12}$`));
});

it('is another one for other bytes, fits the longest name, and is readable for what comes along', () => {
  const source = (reference: string) => ({ kind: 'container', reference }) as const;
  expect(imageId('a', source('x:1'))).toBe(imageId('a', source('x:1')));
  expect(imageId('a', source('x:1'))).not.toBe(imageId('a', source('x:2')));
  expect(imageId('n'.repeat(63), source('x')).length).toBe(63);
  expect(imageId('small-vm', { kind: 'builtin', name: 'small-vm' })).toBe('small-vm');
  expect(uploadedImageId('mine')).not.toBe(uploadedImageId('mine'));
});
