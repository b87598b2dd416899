using System.Runtime.Versioning;

// Processes are found in /proc, and the terminal is that of util-linux.
[assembly: SupportedOSPlatform("linux")]
