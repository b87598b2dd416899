namespace RestateCloud.EndToEnd.Tests.Clouds;

public sealed partial record CloudProgram
{
    /// <summary>That of the build under test.</summary>
    public static CloudProgram OfThisBuild => OnOneMachine;
}
