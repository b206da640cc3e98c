using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Editing;
using Republic.Core.Scenarios.Versions;
using Republic.Core.Scenarios.Yaml;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Scenarios;

/// <summary>A scenario as text: its draft, which another text can replace, or one of its versions.</summary>
public sealed class YamlModel(ScenarioDrafts drafts, ScenarioVersions versions, ScenarioEditor editor) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Null for the draft.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Version { get; set; }

    [BindProperty]
    public YamlForm Input { get; set; } = new();

    public ScenarioHead Head { get; private set; } = null!;

    /// <summary>The canonical text.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Null where no text was refused.</summary>
    public YamlProblems? Problems { get; private set; }

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (await LoadAsync(ct) is { } failure)
        {
            return this.Refuse(failure);
        }

        (Input.Yaml, Input.UpdatedAt) = (Text, Head.Scenario.UpdatedAt);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Version = null;
        if (await LoadAsync(ct) is { } failure)
        {
            return this.Refuse(failure);
        }

        var sent = SentYaml.Of(Input.Yaml);
        if (!sent.Ok)
        {
            return this.Refuse(sent.Failure);
        }

        var replaced = await editor.ReplaceAsync(Me, Id, sent.Value, Input.UpdatedAt, ct);
        if (replaced.Failure is { Kind: FailureKind.Unprocessable } refused)
        {
            Problems = YamlProblems.Of(sent.Value);
            Response.StatusCode = refused.StatusCode();
            return Page();
        }

        if (replaced.Failure is { Kind: FailureKind.Conflict or FailureKind.Invalid } unlaid)
        {
            ModelState.Clear();
            ModelState.AddFailure(unlaid);
            Response.StatusCode = unlaid.StatusCode();
            if (unlaid.Kind == FailureKind.Conflict)
            {
                Input.UpdatedAt = Head.Scenario.UpdatedAt;
            }

            return Page();
        }

        if (!replaced.Ok)
        {
            return this.Refuse(replaced.Failure);
        }

        this.Toast("The draft is what the text says.");
        return LocalRedirect($"/scenarios/{Id}/yaml");
    }

    private async Task<Failure?> LoadAsync(CancellationToken ct)
    {
        var found = await drafts.FindAsync(Me, Id, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        Head = ScenarioHead.Of(found.Value, "yaml");
        if (Version is not { } number)
        {
            Text = ScenarioYaml.Write(found.Value.Definition);
            return null;
        }

        var version = await versions.FindAsync(Me, Id, number, ct);
        Text = version.Value?.Yaml ?? "";
        return version.Failure;
    }
}
