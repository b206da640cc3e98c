using System.Reflection;

namespace Republic.Core.Host;

/// <summary>The version of Republic: its number, and after a plus sign the commit that it was built from.</summary>
public static class AppVersion
{
    private const int CommitLetters = 8;

    public static string Current { get; } =
        typeof(AppVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>As people are shown one: of the commit as many letters as tell it from others.</summary>
    public static string Short(string version) =>
        version.IndexOf('+') is >= 0 and var plus ? version[..Math.Min(version.Length, plus + 1 + CommitLetters)] : version;
}
