using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.PersonalModels.Missing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Models;

/// <summary>One press: a minion, or all that name the same model, go on with another one on this machine.</summary>
public sealed class MoveModel(RepublicDb db, ModelMoves moves) : PageModel
{
    /// <summary>An address that names more is too long for some proxies.</summary>
    private const int MostUndone = 20;

    private Guid Me => CurrentPerson.From(User).Id;

    public IActionResult OnGet() => NotFound();

    /// <param name="all">Also all other minions that name the model.</param>
    /// <param name="back">The page to show afterwards; null: the minion's.</param>
    public async Task<IActionResult> OnPostAsync(Guid id, string? from, string? to, bool all, string? back, CancellationToken ct)
    {
        if (!await IsMineAsync(id, ct))
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        var moved = await moves.MoveAsync(Me, all ? null : id, from ?? "", to ?? "", ct);
        if (!moved.Ok)
        {
            return this.Refuse(moved.Failure);
        }

        this.Toast(Fact(moved.Value, to!), Meaning(moved.Value), UndoUrl(id, moved.Value, from!, to!));
        return Done(id, back);
    }

    /// <param name="at">The minions that were moved, as <see cref="MovedWord"/> writes them.</param>
    public async Task<IActionResult> OnPostUndoAsync(Guid id, string? from, string? to, string[] at, CancellationToken ct)
    {
        if (!await IsMineAsync(id, ct))
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        var moved = at.Take(MostUndone).Select(MovedWord.Read).OfType<MovedMinion>().DistinctBy(one => one.Id).ToList();
        var count = from is null || to is null ? 0 : await moves.UndoAsync(Me, moved, from, to, ct);
        this.Toast(
            count == 0 ? "Nothing was put back." : $"{Figures.Count(count, "minion is", "minions are")} on {from} again.",
            count == 0 ? "The minions were changed meanwhile." : ""
        );
        return Done(id, null);
    }

    private Task<bool> IsMineAsync(Guid id, CancellationToken ct) => db.Minions.OwnedBy(Me).Live().AnyAsync(m => m.Id == id, ct);

    private LocalRedirectResult Done(Guid id, string? back) =>
        LocalRedirect(back is not null && Url.IsLocalUrl(back) ? back : $"/models/{id}");

    private static string Fact(IReadOnlyList<MovedMinion> moved, string to) =>
        moved is not [var one] ? string.Create(CultureInfo.InvariantCulture, $"{moved.Count:N0} minions are on {to} now.")
        : one.IsOwn ? $"{one.Name} is on {to} now."
        : $"{one.Name} falls back to {to} now.";

    private static string Meaning(IReadOnlyList<MovedMinion> moved)
    {
        var lost = moved.Where(one => one.Weights == MovedWeights.OutOfUse).Select(one => one.Name).ToList();
        var kept = moved.Any(one => one.Weights == MovedWeights.Kept);
        return lost.Count > 0
                ? $"Trained weights mean nothing on another file: those of {string.Join(", ", lost)} are out of use. Train again to have new ones."
            : kept ? "It is the file that its trained weights were made for: they stay in use."
            : "";
    }

    private static string? UndoUrl(Guid id, IReadOnlyList<MovedMinion> moved, string from, string to) =>
        moved.Count > MostUndone || moved.Any(one => one.Weights is not null)
            ? null
            : $"/models/{id}/move?handler=Undo&from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}"
                + string.Concat(moved.Select(one => $"&at={MovedWord.Write(one)}"));
}
