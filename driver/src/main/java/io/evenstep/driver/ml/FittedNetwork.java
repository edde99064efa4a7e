package io.evenstep.driver.ml;

import io.evenstep.driver.stage.ShippedModel;

/**
 * What a fit came to.
 *
 * @param model network and encoding
 * @param summary how the training went
 */
record FittedNetwork(ShippedModel model, TrainingSummary summary) {}
