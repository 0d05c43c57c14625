import { common } from 'lowlight';
import dns from 'highlight.js/lib/languages/dns';
import http from 'highlight.js/lib/languages/http';
import nginx from 'highlight.js/lib/languages/nginx';
import powershell from 'highlight.js/lib/languages/powershell';

export const otherLanguages = { ...common, dns, http, nginx, powershell };
