namespace Republic.Core.Data;

/// <summary>For <c>ILike</c>, with words of a person in it.</summary>
internal static class LikePattern
{
    public const string Escape = "\\";

    public static string Containing(string words) => $"%{words.Replace(Escape, "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
}
