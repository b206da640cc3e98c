using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Versions;

namespace Republic.Web.Pages.Datasets;

/// <summary>A row of a version, with what is to become of it.</summary>
/// <param name="Change">What the person decided and has not yet saved as a version.</param>
/// <param name="Words">What was searched for.</param>
/// <param name="CanChange">Only the newest version can, and only while no next one is made.</param>
public sealed partial record RowView(Guid Dataset, SampleRow Row, DatasetChange? Change, string? Words, bool CanChange)
{
    /// <summary>What was just typed and could not be taken, with the reason.</summary>
    public IReadOnlyList<RowMessage>? Typed { get; init; }

    public Failure? Failure { get; init; }

    /// <summary>The version in which the page shows it; a newer one may be there when it is sent.</summary>
    public int Seen { get; init; }

    /// <summary>The newest version has it no more, and nothing can be done to it.</summary>
    public bool IsGone => Failure?.Kind == FailureKind.Conflict;

    /// <summary>It was just touched, and the keyboard goes on from there: its button was swapped away.</summary>
    public bool TakesFocus { get; init; }

    public string Id => $"row-{Row.Hash}";

    public IReadOnlyList<RowMessage> Messages => Change?.Messages ?? Row.Messages;

    /// <summary><c>drop</c>, <c>edit</c> or <c>none</c>.</summary>
    public string State =>
        Change is null ? "none"
        : Change.Messages is null ? "drop"
        : "edit";

    /// <summary>
    /// A text as it stands in a text field. HTML reads a reference such as &amp;#x85; as the letter that Windows-1252 has there,
    /// so these characters are written as themselves.
    /// </summary>
    public static IHtmlContent Verbatim(string text) =>
        new HtmlString(
            ControlReference()
                .Replace(
                    HtmlEncoder.Default.Encode(text),
                    found =>
                        ((char)int.Parse(found.Groups["code"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
                )
        );

    public IReadOnlyList<RowMessage> Edited(IReadOnlyList<MessageForm> typed) =>
        [.. typed.Select((message, i) => message.Over(Messages.ElementAtOrDefault(i)))];

    public string Action(string handler) =>
        string.Create(CultureInfo.InvariantCulture, $"/datasets/{Dataset}/rows?handler={handler}&seen={Seen}");

    [GeneratedRegex("&#x(?<code>[89][0-9A-F]);", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ControlReference();
}
