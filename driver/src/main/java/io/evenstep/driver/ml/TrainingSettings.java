package io.evenstep.driver.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Settings of a training. The most common ones have their own methods; {@link #setting(String)}
 * reaches all of them. {@code S} is the type that has them.
 */
public interface TrainingSettings<S> extends Params {
  /** The settings' Params. */
  SettingParams settings();

  /** This object, for chained setters. */
  S self();

  /**
   * The Param of a setting.
   *
   * @param name name of the Param, such as {@code stoppingPatience}, or of its key in a job file,
   *     such as {@code training.stopping.patience}
   * @throws io.evenstep.model.ConfigException when there is none
   */
  default Param<?> setting(String name) {
    return settings().find(name);
  }

  /**
   * Sets any setting.
   *
   * @param name as {@link #setting(String)} takes it
   * @param value a number, a boolean, a string as in a job file, or a list or map for keys that
   *     take one
   * @throws io.evenstep.model.ConfigException naming Param, rule and value
   */
  default S setting(String name, Object value) {
    settings().set(name, value);
    return self();
  }

  /** Units of each hidden layer of the model {@code mlp}, the default model. */
  default IntArrayParam hidden() {
    return (IntArrayParam) setting("hidden");
  }

  /** Sets {@link #hidden}. */
  default S setHidden(int... units) {
    return setting("hidden", units);
  }

  /** The network layer by layer, as YAML or JSON, instead of a named model. */
  @SuppressWarnings("unchecked") // layers are text
  default Param<String> layers() {
    return (Param<String>) setting("layers");
  }

  /** Sets {@link #layers}. */
  default S setLayers(String yaml) {
    return setting("layers", yaml);
  }

  /** Learning rate. */
  default DoubleParam learningRate() {
    return (DoubleParam) setting("learningRate");
  }

  /** Sets {@link #learningRate}. */
  default S setLearningRate(double rate) {
    return setting("learningRate", rate);
  }

  /** Passes over the training rows. */
  default IntParam epochs() {
    return (IntParam) setting("epochs");
  }

  /** Sets {@link #epochs}. */
  default S setEpochs(int epochs) {
    return setting("epochs", epochs);
  }

  /** Rows per step over all workers. */
  default IntParam batch() {
    return (IntParam) setting("batch");
  }

  /** Sets {@link #batch}. */
  default S setBatch(int rows) {
    return setting("batch", rows);
  }

  /** Seed of all random choices. */
  default LongParam seed() {
    return (LongParam) setting("seed");
  }

  /** Sets {@link #seed}. */
  default S setSeed(long seed) {
    return setting("seed", seed);
  }

  /** How the vectors' numbers are scaled: none, standard, min-max or scale. */
  @SuppressWarnings("unchecked") // a choice is text
  default Param<String> normalize() {
    return (Param<String>) setting("normalize");
  }

  /** Sets {@link #normalize}. */
  default S setNormalize(String how) {
    return setting("normalize", how);
  }

  /** Folder for the runs of all fits; required on a cluster. */
  @SuppressWarnings("unchecked") // a folder is text
  default Param<String> output() {
    return (Param<String>) setting("output");
  }

  /** Sets {@link #output}. */
  default S setOutput(String folder) {
    return setting("output", folder);
  }
}
