package io.evenstep.driver.generate;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.run.ModelFiles;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.model.ConfigException;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.token.Sampling;
import io.evenstep.model.data.token.TokenRecipe;
import io.evenstep.model.data.token.Tokenizer;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Scorer;
import io.evenstep.worker.evaluation.Judging;
import io.evenstep.worker.evaluation.OutputEvaluator.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The language model of a run. It sees as many tokens as a row of its training. */
public final class LanguageModel {
  private final Scorer scorer;
  private final Tokenizer tokenizer;
  private final int steps;

  private LanguageModel(Scorer scorer, Segment tokens) {
    this.scorer = scorer;
    this.tokenizer = new Tokenizer(TokenRecipe.of(tokens.format()).unit(), tokens.categories());
    this.steps = tokens.stored();
  }

  /**
   * Reads the model of a run.
   *
   * @throws ConfigException when the run has none, or it is no language model
   */
  public static LanguageModel read(RunFolder run, JobConfig job) {
    ShippedModel model =
        ModelFiles.read(run, Judging.of(Loss.OF_TASK), job.training().engine(), job.allowedTypes());
    Encoding encoding = model.encoding();
    if (encoding.outputs().isEmpty() || !encoding.outputs().get(0).isNextToken()) {
      throw new ConfigException(
          "Cannot generate text from the run in "
              + run
              + ": its network does not predict the next token; train one with data.task"
              + " next-token");
    }
    Artifact artifact = new Artifact(model.zip(), model.allowed());
    return new LanguageModel(
        Engines.scorer(artifact, job.training().engine()),
        encoding.inputs().get(0).segments().get(0));
  }

  /** Whether the vocabulary lacks a part of a text. */
  public boolean lacksPartOf(String text) {
    return tokenizer.encode(text).contains(0);
  }

  /**
   * A text that goes on after a prompt, without the prompt. The same arguments give the same text.
   *
   * @param prompt not empty
   * @param length tokens to add
   */
  public String continued(String prompt, int length, Sampling sampling, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> tokens = new ArrayList<>(tokenizer.encode(prompt));
    int first = tokens.size();
    for (int i = 0; i < length; i++) {
      tokens.add(sampling.choose(next(tokens), random));
    }
    return tokenizer.decode(tokens.subList(first, tokens.size()));
  }

  /** The probabilities of the token after the last ones. */
  private double[] next(List<Integer> tokens) {
    List<Integer> seen = tokens.subList(Math.max(0, tokens.size() - steps), tokens.size());
    float[] row = new float[steps]; // 0 after the last token, which no earlier step sees
    for (int i = 0; i < seen.size(); i++) {
      row[i] = seen.get(i);
    }
    INDArray rows = Nd4j.createFromArray(row).reshape(1, steps);
    MiniBatch batch = new MiniBatch(List.of(rows), List.of(), List.of(), List.of(), 1);
    try (Predictions predictions = scorer.predict(batch)) {
      INDArray output = predictions.outputs().get(0); // [1, vocabulary, steps]
      double[] probabilities = new double[tokenizer.size()];
      for (int token = 0; token < probabilities.length; token++) {
        probabilities[token] = output.getDouble(0, token, seen.size() - 1);
      }
      return probabilities;
    }
  }
}
