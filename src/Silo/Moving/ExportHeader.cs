namespace RestateCloud.Silo.Moving;

/// <summary>The first line of an export, which says what the rest is.</summary>
/// <param name="Format"><see cref="FormatName"/>.</param>
/// <param name="Version">Of the format; a change that earlier programs would misread raises it.</param>
/// <param name="WrittenAt">When.</param>
/// <param name="Region">The region of the cloud, which its environments are bound to.</param>
/// <param name="Machine">Where the cloud was.</param>
/// <param name="DataFolder">The folder on that machine in which the environments' own data lies.</param>
internal sealed record ExportHeader(string Format, int Version, DateTimeOffset WrittenAt, string Region, string Machine, string DataFolder)
{
    public const string FormatName = "restate-cloud-export";
    public const int PresentVersion = 1;
}
