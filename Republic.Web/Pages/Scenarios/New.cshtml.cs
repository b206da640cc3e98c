using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Scenarios.Editing;
using Republic.Core.Scenarios.Templates;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Scenarios;

/// <summary>A new scenario: of a template, with a name alone, or of a text.</summary>
public sealed class NewModel(ScenarioEditor editor) : PageModel
{
    [BindProperty]
    public NewForm Input { get; set; } = new();

    /// <summary>Null where no text was refused.</summary>
    public YamlProblems? Problems { get; private set; }

    private Guid Me => CurrentPerson.From(User).Id;

    private Guid? Known => FormId.Of(Me, Input.Request);

    public void OnGet() { }

    public async Task<IActionResult> OnPostTemplateAsync(string? template, CancellationToken ct) =>
        ScenarioTemplates.Find(template) is { } found
            ? Made(await editor.CreateAsync(Me, found.Definition, Known, ct))
            : this.Refuse(Failure.NotFound("template"));

    public async Task<IActionResult> OnPostBlankAsync(CancellationToken ct) =>
        Made(await editor.CreateAsync(Me, new ScenarioInput { Name = Input.Name }, Known, ct));

    public async Task<IActionResult> OnPostImportAsync(IFormFile? file, CancellationToken ct)
    {
        if (file is { Length: > 0 } && !string.IsNullOrWhiteSpace(Input.Yaml))
        {
            return this.Refuse(
                Failure.Invalid("yaml", "A file and a text were sent. Empty the text and choose the file again, or import the text alone.")
            );
        }

        var sent = file is { Length: > 0 } ? await SentYaml.ReadAsync(file, ct) : SentYaml.Of(Input.Yaml);
        if (!sent.Ok)
        {
            return this.Refuse(sent.Failure);
        }

        var made = await editor.ImportAsync(Me, sent.Value, Known, ct);
        if (made.Failure is { Kind: FailureKind.Unprocessable } refused)
        {
            // A file's text too is to be mended in the field: a browser does not send the file again.
            ModelState.Remove("Input.Yaml");
            (Input.Yaml, Problems) = (sent.Value, YamlProblems.Of(sent.Value));
            Response.StatusCode = refused.StatusCode();
            return Page();
        }

        return Made(made);
    }

    private IActionResult Made(Outcome<Guid> made) => made.Ok ? LocalRedirect($"/scenarios/{made.Value}/edit") : this.Refuse(made.Failure);
}
