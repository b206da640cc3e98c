using Republic.Core.Episodes.Control;

namespace Republic.Web.Pages.Episodes;

/// <summary>Who is to play a role from now on, and how.</summary>
public sealed class SwapForm
{
    public string? Role { get; set; }

    public Guid? Player { get; set; }

    public string? Description { get; set; }

    /// <summary>What is left empty is taken away: the form shows what was said before.</summary>
    public SwapInput ToInput() => new(Role, Player, Description ?? "");
}
