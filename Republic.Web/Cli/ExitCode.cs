namespace Republic.Web.Cli;

internal static class ExitCode
{
    public const int Done = 0;
    public const int NotPossible = 1;
    public const int WrongUse = 2;

    /// <summary>EX_CONFIG of sysexits.h.</summary>
    public const int BadSettings = 78;

    /// <summary>128 and the number of the signal of Ctrl+C.</summary>
    public const int Stopped = 130;
}
