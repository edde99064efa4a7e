package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.DatanodeReportType;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * YARN and HDFS on loopback: {@link MiniHadoop} in one process, and each data node in its own.
 * Containers are real processes. Closing it ends these processes and no others.
 */
final class HadoopCluster implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Pattern READY = Pattern.compile(MiniHadoop.READY);

  private final Path folder;
  private final List<LoggedProcess> members = new ArrayList<>();
  private final Configuration settings = new YarnConfiguration();

  private HadoopCluster(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts it; returns when all data nodes have registered.
   *
   * @param folder of the test; logs, settings and blocks go there
   * @param nodeManagers at least 1; each offers 4 GiB
   * @param dataNodes at least 2, the number of replicas of a file
   * @throws AssertionError when a part of it does not start; the others are then ended
   */
  static HadoopCluster start(Path folder, int nodeManagers, int dataNodes) {
    HadoopCluster cluster = new HadoopCluster(folder);
    try {
      cluster.startManagers(nodeManagers);
      for (int i = 0; i < dataNodes; i++) {
        cluster.startDataNode(i);
      }
      cluster.awaitDataNodes(dataNodes);
      return cluster;
    } catch (AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  /** The value for HADOOP_CONF_DIR. */
  Path settingsFolder() {
    return folder.resolve("hadoop-conf");
  }

  /** The URI of a path on HDFS. */
  String uri(String path) {
    return FileSystem.getDefaultUri(settings) + path;
  }

  /** Copies a local file to HDFS. */
  void put(Path local, String path) {
    try (FileSystem files = hdfs()) {
      files.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(local.toUri()), new org.apache.hadoop.fs.Path(path));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot put " + local, e);
    }
  }

  /** The text of a file on HDFS. */
  String read(String path) {
    try (FileSystem files = hdfs();
        FSDataInputStream in = files.open(new org.apache.hadoop.fs.Path(path))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }

  /** The names in a folder on HDFS. */
  List<String> names(String path) {
    try (FileSystem files = hdfs()) {
      return Arrays.stream(files.listStatus(new org.apache.hadoop.fs.Path(path)))
          .map(file -> file.getPath().getName())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + path, e);
    }
  }

  /** The stderr of all containers so far, including ended ones. */
  String containersWords() {
    try (Stream<Path> files = Files.walk(folder.resolve("target"))) {
      StringBuilder words = new StringBuilder();
      for (Path file : files.filter(it -> it.endsWith("stderr")).toList()) {
        words.append(Files.readString(file)).append('\n');
      }
      return words.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the containers' logs", e);
    }
  }

  /** Kills a data node, as if its machine were lost. */
  void killDataNode(int dataNode) {
    members.get(1 + dataNode).kill();
  }

  /** Does what {@code yarn application -kill} does, to every running application. */
  void killApplications() {
    try (YarnClient yarn = YarnClient.createYarnClient()) {
      yarn.init(settings);
      yarn.start();
      for (var application : yarn.getApplications()) {
        yarn.killApplication(application.getApplicationId());
      }
    } catch (IOException | YarnException e) {
      throw new AssertionError("Cannot kill the applications", e);
    }
  }

  /** The processes of containers whose command line has this text. */
  List<ProcessHandle> containers(String text) {
    return members
        .get(0)
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .filter(process -> process.info().commandLine().orElse("").contains(text))
        .toList();
  }

  @Override
  public void close() {
    LoggedProcess.closeAll(members);
  }

  private void startManagers(int nodeManagers) {
    LoggedProcess managers =
        start(
            "managers",
            "-Xmx512m",
            MiniHadoop.class.getName(),
            settingsFolder().toString(),
            Integer.toString(nodeManagers));
    members.add(managers);
    managers.awaitLine(READY, START_LIMIT);
    settings.addResource(new org.apache.hadoop.fs.Path(settingsFolder() + "/yarn-site.xml"));
  }

  private void startDataNode(int number) {
    String name = "data-node-" + number;
    members.add(
        start(
            name,
            "-Xmx128m",
            "org.apache.hadoop.hdfs.server.datanode.DataNode",
            "-Ddfs.datanode.data.dir=" + folder.resolve(name),
            "-Ddfs.datanode.address=127.0.0.1:0",
            "-Ddfs.datanode.http.address=127.0.0.1:0",
            "-Ddfs.datanode.ipc.address=127.0.0.1:0"));
  }

  private void awaitDataNodes(int dataNodes) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    try (FileSystem files = hdfs()) {
      DistributedFileSystem hdfs = (DistributedFileSystem) files;
      while (hdfs.getDataNodeStats(DatanodeReportType.LIVE).length < dataNodes) {
        assertThat(System.nanoTime()).as("data nodes did not register").isLessThan(deadline);
        LockSupport.parkNanos(POLL.toNanos());
      }
    } catch (IOException e) {
      throw new AssertionError("Cannot see the data nodes", e);
    }
  }

  /** A new client; the caller closes it. */
  FileSystem hdfs() throws IOException {
    return FileSystem.newInstance(settings);
  }

  private LoggedProcess start(String name, String heap, String mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(heap, "-Djava.net.preferIPv4Stack=true"));
    command.addAll(List.of(StandaloneCluster.SHORT_LIVED.split(" ")));
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" +")));
    command.addAll(List.of("-cp", classPath(), mainClass));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return LoggedProcess.start(name, builder, folder.resolve(name + ".log"));
  }

  private String classPath() {
    String ours =
        Stream.of(MiniHadoop.class, MiniDFSCluster.class)
            .map(HadoopCluster::origin)
            .collect(Collectors.joining(File.pathSeparator));
    String sparks = Built.sparkHome().resolve("jars") + File.separator + "*";
    String more = Built.smallCluster() + File.separator + "*";
    return String.join(File.pathSeparator, settingsFolder().toString(), ours, more, sparks);
  }

  private static String origin(Class<?> type) {
    URL location = type.getProtectionDomain().getCodeSource().getLocation();
    try {
      return Path.of(location.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError("Cannot find the jar of " + type, e);
    }
  }
}
