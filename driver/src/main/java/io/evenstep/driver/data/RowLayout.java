package io.evenstep.driver.data;

import io.evenstep.driver.data.DataSpec.Task;
import io.evenstep.model.data.Missing;
import io.evenstep.model.data.Unseen;
import java.io.Serializable;
import java.util.List;

/**
 * What of a row is a feature, and what a label; the same for all sources of a data set.
 *
 * @param features in the order of the tensor
 * @param labels columns
 * @param weights the column of weights; empty where each row counts once
 * @param task what a label is
 * @param classes given by the job, or empty to be learned
 * @param missing what happens to a row with a missing value
 * @param unseen what happens to a category that no training row has
 */
record RowLayout(
    List<Feature> features,
    List<String> labels,
    List<String> weights,
    Task task,
    List<String> classes,
    Missing missing,
    Unseen unseen)
    implements Serializable {

  RowLayout {
    features = List.copyOf(features);
    labels = List.copyOf(labels);
    weights = List.copyOf(weights);
    classes = List.copyOf(classes);
  }
}
