namespace Republic.Web.Pages.Charts;

/// <summary>What a series is drawn with.</summary>
public enum KeyShape
{
    Line,
    Bar,
    Dot,
}
