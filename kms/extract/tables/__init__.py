"""Tables: from ruling lines or column gaps to grids of cells, and from grids to logical tables over pages."""
