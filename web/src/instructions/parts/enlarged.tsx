import { Dialog } from '../../ui/dialog.js';
import classes from './zoomable.module.css';

interface Props {
  address: string;
  alt: string;
  title: string;
  onClose: () => void;
}

/** A picture as large as the window allows. */
export const Enlarged = ({ address, alt, title, onClose }: Props) => (
  <Dialog title={title} size="auto" onClose={onClose}>
    <img src={address} alt={alt} className={classes.enlarged} />
  </Dialog>
);
