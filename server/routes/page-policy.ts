import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { PageSettings } from '../page/settings.js';

/**
 * Headers of pages: a policy under which nothing but our own files is loaded or run. The operator may name sites that show the page in a frame, and sites
 * from which it loads images.
 */
export const ownFilesOnly = ({ frameAncestors = [], imageOrigins = [] }: PageSettings = {}): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', ...imageOrigins],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: frameAncestors.length === 0 ? ["'none'"] : ["'self'", ...frameAncestors],
      },
    },
    // The older header knows no list of sites; browsers that read both would refuse them.
    xFrameOptions: frameAncestors.length === 0 ? { action: 'deny' } : false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    strictTransportSecurity: false,
  });
