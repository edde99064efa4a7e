package io.evenstep.model.gradcheck;

/**
 * What the gradient check found for one layer.
 *
 * @param name of the layer; its position in a network without names
 * @param type of the layer, as DL4J names it
 * @param parameters numbers that the layer learns
 * @param checked how many of them were compared
 * @param largestGradient largest magnitude among the compared analytic gradients
 * @param largestError largest relative error among them, at least 0
 */
public record CheckedLayer(
    String name,
    String type,
    long parameters,
    int checked,
    double largestGradient,
    double largestError) {}
