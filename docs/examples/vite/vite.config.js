// The workers lie beside the package's modules: they must not be bundled into one file while developing.
export default { base: './', optimizeDeps: { exclude: ['entendu'] }, worker: { format: 'es' } };
