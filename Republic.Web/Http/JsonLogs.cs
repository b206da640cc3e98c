namespace Republic.Web.Http;

/// <summary>
/// A log of JSON lines is for machines: where <c>Logging:Console:FormatterName</c> asks for one, each line also says when, in UTC, and
/// which trace and span it belongs to, unless the settings say otherwise.
/// </summary>
internal static class JsonLogs
{
    private const string Section = "Logging:Console:FormatterOptions";

    public static void AddJsonLogs(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (!string.Equals(configuration["Logging:Console:FormatterName"], "json", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        configuration[$"{Section}:IncludeScopes"] ??= "true";
        configuration[$"{Section}:UseUtcTimestamp"] ??= "true";
        configuration[$"{Section}:TimestampFormat"] ??= "yyyy-MM-ddTHH:mm:ss.fffZ";
    }
}
