package io.evenstep.driver.cli.study;

import io.evenstep.driver.cli.look.RunOptions;
import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.session.OptionRules;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.generate.LanguageModel;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.model.ConfigException;
import io.evenstep.model.data.token.Sampling;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes text with a trained language model. */
@Command(
    name = "generate",
    description =
        "Continue a text with the language model of a run. The same seed gives the same text.")
public final class GenerateCommand implements Callable<Integer> {
  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--prompt",
      required = true,
      paramLabel = "TEXT",
      description = "The text to continue.")
  private String prompt = "";

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Tokens to add, such as characters; default: 200.")
  private int length = 200;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "Below 1 for more probable tokens, above 1 for more surprising ones, 0 for the most"
              + " probable one each time; default: 1.")
  private double temperature = 1;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Choose among the K most probable tokens; default: all.")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description =
          "Choose among the most probable tokens that have this share together; default: 1.")
  private double topP = 1;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides which tokens are drawn; default: 1.")
  private long seed = 1;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets a key of the run's job, such as model.allow or training.engine.")
  private Map<String, String> sets = new LinkedHashMap<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    check();
    RunFolder folder = run.open(new Configuration());
    LanguageModel model =
        LanguageModel.read(folder, RunOptions.job(folder, new Overrides(sets, Map.of())));
    if (model.lacksPartOf(prompt)) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("The model does not know all of the prompt: parts of it are unknown tokens");
      err.flush();
    }
    Sampling sampling = new Sampling(temperature, topK, topP);
    PrintWriter out = spec.commandLine().getOut();
    out.println(prompt + model.continued(prompt, length, sampling, seed));
    out.flush();
    return ExitCode.DONE.number;
  }

  private void check() {
    OptionRules.requireCount("--length", length);
    if (prompt.isEmpty()) {
      throw new ConfigException("--prompt", "must have at least one character", "nothing");
    }
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new ConfigException("--temperature", "must be at least 0", temperature);
    }
    if (topK < 0) {
      throw new ConfigException("--top-k", "must be at least 1, or 0 for all tokens", topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new ConfigException("--top-p", "must be above 0 and at most 1", topP);
    }
  }
}
