using System.Text.Json;

namespace Republic.Core.Scenarios.Yaml;

/// <summary>The words of the text for the members of enums.</summary>
internal static class Words
{
    public static string Of<T>(T member)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString());
}
