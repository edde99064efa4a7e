package io.evenstep.model.catalog.layer;

/**
 * Defaults of a layer's settings.
 *
 * @param activation a known name
 * @param dropout probability of dropping an output of a hidden layer, at least 0 and below 1
 */
public record LayerDefaults(String activation, double dropout) {}
