using System.Globalization;

namespace Republic.Core.Times;

/// <summary>A moment within a sentence of the server, which does not know who reads it and where: "2 Aug 2026, 03:41 UTC".</summary>
public static class UtcText
{
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
