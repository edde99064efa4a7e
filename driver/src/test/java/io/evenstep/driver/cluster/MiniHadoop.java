package io.evenstep.driver.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeys;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.net.ScriptBasedMapping;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.ResourceScheduler;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler;

/**
 * An HDFS name node and a small YARN in their own process, so that nothing else shares their class
 * path. Data nodes are started separately. It runs until it is killed.
 */
final class MiniHadoop {
  /** Printed once everything runs and the settings are written. */
  static final String READY = "Hadoop is ready";

  /** How often YARN starts the driver of an application in cluster mode. */
  private static final int DRIVER_STARTS = 3;

  private MiniHadoop() {}

  /**
   * @param args folder that the settings go to; number of node managers
   */
  public static void main(String[] args) throws IOException {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          failure.printStackTrace();
          Runtime.getRuntime().halt(1); // parts that have been started already would keep running
        });
    Configuration settings = settings();
    MiniDFSCluster dfs =
        new MiniDFSCluster.Builder(settings, Path.of("namenode").toAbsolutePath().toFile())
            .numDataNodes(0)
            .build();
    settings.setInt("dfs.replication", 2); // set to the number of data nodes, which is still 0
    settings.set("fs.defaultFS", dfs.getURI().toString());
    MiniYARNCluster yarn = new MiniYARNCluster("evenstep", Integer.parseInt(args[1]), 1, 1);
    yarn.init(settings);
    yarn.start();
    Configuration clients = new Configuration(yarn.getConfig());
    clients.set(
        CommonConfigurationKeys.NET_TOPOLOGY_NODE_SWITCH_MAPPING_IMPL_KEY,
        ScriptBasedMapping.class.getName()); // instead of one that only this class path has
    write(clients, Path.of(args[0]));
    System.out.println(READY);
  }

  private static Configuration settings() {
    Configuration settings = new Configuration();
    settings.setLong("dfs.heartbeat.interval", 1);
    settings.setBoolean("dfs.namenode.datanode.registration.ip-hostname-check", false);
    settings.setClass(YarnConfiguration.RM_SCHEDULER, FifoScheduler.class, ResourceScheduler.class);
    settings.set(
        YarnConfiguration.FS_NODE_ATTRIBUTE_STORE_ROOT_DIR,
        Path.of("attributes").toAbsolutePath().toUri().toString());
    settings.setBoolean("yarn.nodemanager.pmem-check-enabled", false);
    settings.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
    settings.setInt("yarn.scheduler.minimum-allocation-mb", 128);
    settings.setInt(YarnConfiguration.RM_AM_MAX_ATTEMPTS, DRIVER_STARTS);
    settings.setFloat(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", 99.9f);
    return settings;
  }

  /** Everything in each file: otherwise the defaults of one file would override another. */
  private static void write(Configuration settings, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml")) {
      try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
        settings.writeXml(out);
      }
    }
  }
}
