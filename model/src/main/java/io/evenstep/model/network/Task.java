package io.evenstep.model.network;

/** What a network's outputs mean. Decides the default loss and output activation. */
public enum Task {
  /** One of several classes per row, with one-hot labels: softmax and cross entropy. */
  CLASSIFICATION,
  /** Numbers: identity and mean squared error. */
  REGRESSION
}
