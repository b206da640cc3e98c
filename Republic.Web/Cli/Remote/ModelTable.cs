using System.Globalization;

namespace Republic.Web.Cli.Remote;

/// <summary>The output of <c>republic list</c>: a table with one line for each model.</summary>
internal static class ModelTable
{
    private const int LongestName = 40;

    private static readonly (string Heading, bool IsNumber, Func<RemoteModel, string> Text)[] Columns =
    [
        ("Name", false, model => RemoteText.Cut(model.Name, LongestName)),
        ("Model", false, model => RemoteText.Cut(model.Source, LongestName)),
        ("Size", true, model => model.Size),
        ("Status", false, model => model.State),
        ("Speed", true, model => model.Speed ?? ""),
        ("Used", true, model => model.UsageCount?.ToString("N0", CultureInfo.InvariantCulture) ?? ""),
    ];

    public static string Of(IEnumerable<RemoteModel> models) => TextTable.Of(Columns, models);
}
