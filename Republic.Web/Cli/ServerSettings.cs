namespace Republic.Web.Cli;

/// <summary>
/// What may stand behind <c>republic</c> to start the server: settings as .NET's configuration reads them, with the name of a
/// section and a colon, or one of the few that belong to no section. Anything else must not start one: it would be listening,
/// with a setting that was never heard.
/// </summary>
internal static class ServerSettings
{
    /// <summary>Our own, and those of ASP.NET Core's host.</summary>
    private static readonly HashSet<string> WithoutSection = new(StringComparer.OrdinalIgnoreCase)
    {
        "urls",
        "http_ports",
        "https_ports",
        "AllowedHosts",
        "REPUBLIC_DATA",
        Core.Security.MasterKey.Setting,
        Core.Security.MasterKey.PreviousSetting,
        Core.Training.TrainingOptions.EnabledSetting,
        Core.Training.TrainingOptions.ProvidersSetting,
        "environment",
        "applicationName",
        "contentRoot",
        "webRoot",
        "preferHostingUrls",
        "shutdownTimeoutSeconds",
        "forwardedHeaders_enabled",
        "detailedErrors",
        "captureStartupErrors",
        "suppressStatusMessages",
        "hostingStartupAssemblies",
        "hostingStartupExcludeAssemblies",
        "preventHostingStartup",
        "startupAssembly",
        "staticWebAssets",
    };

    /// <summary>Says what is wrong with the first word that is neither a setting nor its value; null when all are.</summary>
    public static string? Problem(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            var (key, hasValue) = Key(args[i]);
            if (key is null || !(key.Contains(':') || IsWithoutSection(key) || NamesSection(args[i], key, args)))
            {
                return key is not null && key.Contains("__", StringComparison.Ordinal)
                    ? $"{args[i]} is how the environment writes a setting. Here it is --{key.Replace("__", ":", StringComparison.Ordinal)}."
                    : $"republic has no command or option {args[i]}.";
            }

            if (!hasValue && (++i == args.Count || args[i].StartsWith("--", StringComparison.Ordinal)))
            {
                return $"--{key} needs a value.";
            }
        }

        return null;
    }

    /// <summary>OpenTelemetry's settings are called as in its specification.</summary>
    private static bool IsWithoutSection(string key) => WithoutSection.Contains(key) || key.StartsWith("OTEL_", StringComparison.Ordinal);

    /// <summary>A host that hands on its configuration, as that of integration tests does, writes <c>--Section=</c> before the section's settings.</summary>
    private static bool NamesSection(string word, string key, IReadOnlyList<string> args) =>
        word == $"--{key}=" && args.Any(other => other.StartsWith($"--{key}:", StringComparison.Ordinal));

    /// <summary>The setting's name, null for a word that begins none, and whether its value stands in the same word.</summary>
    private static (string? Key, bool HasValue) Key(string word)
    {
        var equals = word.IndexOf('=');
        var name = equals > 0 ? word[..equals] : word;
        var isLong = name.Length > 2 && name.StartsWith("--", StringComparison.Ordinal);
        return isLong ? (name[2..], equals > 0)
            : equals > 0 && !name.StartsWith('-') ? (name.TrimStart('/'), true)
            : (null, false);
    }
}
