package io.evenstep.driver.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Settings of a training by their names. The ones that most jobs set have methods of their own; all
 * are there by {@link #setting(String)}. {@code S} is who has them.
 */
public interface TrainingSettings<S> extends Params {
  /** The settings' Params. */
  SettingParams settings();

  /** This object, for setters that are chained. */
  S self();

  /**
   * The Param of a setting.
   *
   * @param name the Param's own, such as {@code stoppingPatience}, or that of its key in a job
   *     file, such as {@code training.stopping.patience}
   * @throws io.evenstep.model.ConfigException when there is none
   */
  default Param<?> setting(String name) {
    return settings().find(name);
  }

  /**
   * Sets any setting.
   *
   * @param name as {@link #setting(String)} takes it
   * @param value a number, a truth value, a text as a job file has it, or a list or map for what is
   *     one there
   * @throws io.evenstep.model.ConfigException naming Param, rule and value
   */
  default S setting(String name, Object value) {
    settings().set(name, value);
    return self();
  }

  /**
   * Units of each hidden layer of the model {@code mlp}, which is trained unless told otherwise.
   */
  default IntArrayParam hidden() {
    return (IntArrayParam) setting("hidden");
  }

  /** Sets {@link #hidden}. */
  default S setHidden(int... units) {
    return setting("hidden", units);
  }

  /** The network layer by layer, as YAML or JSON, in place of a model by name. */
  @SuppressWarnings("unchecked") // layers are text
  default Param<String> layers() {
    return (Param<String>) setting("layers");
  }

  /** Sets {@link #layers}. */
  default S setLayers(String yaml) {
    return setting("layers", yaml);
  }

  /** Size of a step. */
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

  /** Rows of one step, over all workers together. */
  default IntParam batch() {
    return (IntParam) setting("batch");
  }

  /** Sets {@link #batch}. */
  default S setBatch(int rows) {
    return setting("batch", rows);
  }

  /** What every random choice is drawn from. */
  default LongParam seed() {
    return (LongParam) setting("seed");
  }

  /** Sets {@link #seed}. */
  default S setSeed(long seed) {
    return setting("seed", seed);
  }

  /** How the vectors' numbers are brought to scale: none, standard, min-max or scale. */
  @SuppressWarnings("unchecked") // a choice is text
  default Param<String> normalize() {
    return (Param<String>) setting("normalize");
  }

  /** Sets {@link #normalize}. */
  default S setNormalize(String how) {
    return setting("normalize", how);
  }

  /** Folder that keeps each fit's run; must be given on a cluster. */
  @SuppressWarnings("unchecked") // a folder is text
  default Param<String> output() {
    return (Param<String>) setting("output");
  }

  /** Sets {@link #output}. */
  default S setOutput(String folder) {
    return setting("output", folder);
  }
}
