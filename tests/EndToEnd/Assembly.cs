using System.Runtime.Versioning;

// Most of a test's time is spent waiting for programs that it started, so more of them run than there are cores.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]

// Processes are found in /proc, and the terminal is that of util-linux.
[assembly: SupportedOSPlatform("linux")]
