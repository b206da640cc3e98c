namespace Republic.Core.Host;

/// <summary>How to start this program once more.</summary>
/// <param name="File">The executable, or <c>dotnet</c>.</param>
/// <param name="FirstArguments">The program's dll when <paramref name="File"/> is <c>dotnet</c>.</param>
internal sealed record ModelHostExecutable(string File, IReadOnlyList<string> FirstArguments)
{
    private const string Name = "republic";

    public static ModelHostExecutable Find(string? chosen)
    {
        if (!string.IsNullOrWhiteSpace(chosen))
        {
            return Path.GetExtension(chosen) == ".dll" ? new(DotnetHost(), [chosen]) : new(chosen, []);
        }

        if (Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == Name)
        {
            return new(self, []);
        }

        // Under `dotnet republic.dll` and in a test's process, this program is the dll that lies beside.
        return new(DotnetHost(), [Path.Combine(AppContext.BaseDirectory, Name + ".dll")]);
    }

    private static string DotnetHost()
    {
        var host = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var places = new[]
        {
            Environment.ProcessPath is { } self && Path.GetFileName(self) == host ? self : null,
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"),
            Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? Path.Combine(root, host) : null,
        };
        return Array.Find(places, System.IO.File.Exists) ?? host;
    }
}
