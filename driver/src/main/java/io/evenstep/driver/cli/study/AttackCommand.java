package io.evenstep.driver.cli.study;

import io.evenstep.driver.attack.AttackCurve;
import io.evenstep.driver.attack.AttackJob;
import io.evenstep.driver.cli.look.RunOptions;
import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.session.OptionRules;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.model.ConfigException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a trained network on rows that are changed to mislead it. */
@Command(
    name = "attack",
    description =
        "Move each number of a run's test rows a little so that the loss grows (fast gradient"
            + " sign), and print the accuracy that is left.")
public final class AttackCommand implements Callable<Integer> {
  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--epsilon",
      split = ",",
      paramLabel = "E",
      description =
          "How far each number moves, in the units that the network sees: after data.normalize;"
              + " several, separated by commas; default: 0,0.05,0.1,0.2.")
  private List<Double> epsilons = List.of(0.0, 0.05, 0.1, 0.2);

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Most rows to attack, of the first block of the test rows; default: 1000.")
  private int rows = 1000;

  @Option(
      names = "--range",
      split = ",",
      paramLabel = "LEAST,MOST",
      description =
          "Numbers that an attacked row may have; default: the job's"
              + " training.adversarial.range, which is 0,1 after scale and min-max.")
  private List<Double> range = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets a key of the run's job, such as model.allow or data.packs.")
  private Map<String, String> sets = new LinkedHashMap<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    check();
    Configuration hadoop = new Configuration();
    RunFolder folder = run.open(hadoop);
    List<Double> growing = epsilons.stream().sorted().distinct().toList();
    AttackCurve curve =
        AttackJob.run(
            folder,
            RunOptions.job(folder, new Overrides(sets, Map.of())),
            new AttackJob.Request(growing, rows, range),
            hadoop);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Accuracy on " + curve.rows() + " " + curve.split() + " rows");
    out.print(curve.table());
    out.println(
        "Written: "
            + RunFolder.shown(folder.path(AttackJob.FILE))
            + ", and pictures in "
            + RunFolder.shown(folder.path(RunFolder.PLOTS)));
    out.flush();
    return ExitCode.DONE.number;
  }

  private void check() {
    OptionRules.requireCount("--rows", rows);
    for (double epsilon : epsilons) {
      if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY)) {
        throw new ConfigException("--epsilon", "must be numbers of at least 0", epsilon);
      }
    }
    boolean isRange = range.size() == 2 && range.get(0) < range.get(1);
    if (!range.isEmpty() && !isRange) {
      throw new ConfigException("--range", "must be two numbers, the smaller one first", range);
    }
  }
}
