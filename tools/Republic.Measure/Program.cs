using System.Globalization;
using Republic.Measure;

// Prints what there is to know about the size and the shape of the source, as Markdown tables.
const int MostFiles = 25;
const int WidestRazor = 140;
var root = Path.GetFullPath(args is [var given, ..] ? given : ".");
string[] projects = ["Republic.Core", "Republic.Web", "Republic.Tests"];
var sources = projects.ToDictionary(project => project, project => Source.Read(root, project));
var views = Directory
    .EnumerateFiles(Path.Combine(root, "Republic.Web"), "*.cshtml", SearchOption.AllDirectories)
    .Select(file => (Path: Path.GetRelativePath(root, file), Lines: File.ReadAllLines(file)))
    .ToList();

Row("", projects.Select(project => project["Republic.".Length..]));
Row("---", projects.Select(_ => "---"));
Row("files", projects.Select(project => Number(sources[project].Count)));
Row("lines, without migrations", projects.Select(project => Number(sources[project].Sum(file => file.Lines))));
Row("lines of a file: median, p90, most", projects.Select(project => Spread(sources[project].Select(file => file.Lines))));
Row("lines of a method: median, p90, most", projects.Select(project => Spread(sources[project].SelectMany(file => file.MethodLengths))));
Row("folders of more than 25 files", projects.Select(project => Number(Large(sources[project]).Count())));

Console.WriteLine();
Row("what", ["figure"]);
Row("---", ["---"]);
var migrations = Directory.GetFiles(Path.Combine(root, "Republic.Core", "Data", "Migrations"), "*.cs");
Row("migrations: lines", [Number(migrations.Sum(file => File.ReadAllLines(file).Length))]);
Row("migrations: steps", [Number(migrations.Count(file => !file.EndsWith(".Designer.cs") && !file.EndsWith("Snapshot.cs")))]);
Row("views", [Number(views.Count)]);
Row("views that inject", [Number(views.Count(view => view.Lines.Any(line => line.StartsWith("@inject", StringComparison.Ordinal))))]);
Row("views that await", [Number(views.Count(view => view.Lines.Any(line => line.Contains("await ", StringComparison.Ordinal))))]);
Row("Razor lines over 140 columns", [Number(views.Sum(view => view.Lines.Count(line => line.Length > WidestRazor)))]);
Row("lines of a view: median, p90, most", [Spread(views.Select(view => view.Lines.Length))]);
var app = sources["Republic.Core"].Concat(sources["Republic.Web"]).ToList();
Row(
    "files that name TopP",
    [Number(app.Count(file => file.Text.Contains("TopP")) + views.Count(view => view.Lines.Any(line => line.Contains("TopP"))))]
);
Row("ThrowIfNull", [Number(app.Sum(file => file.Text.Split(".ThrowIfNull(").Length - 1))]);
Row("SnakeCaseLower chosen", [Number(app.Sum(file => file.Text.Split("SnakeCaseLower").Length - 1))]);

var references = new References(sources["Republic.Core"]);
Console.WriteLine();
Row("cycles between nouns of Core", ["forth", "back"]);
Row("---", ["---", "---"]);
PrintCycles(folder => folder.Split('.')[0]);
Console.WriteLine();
Row("cycles between folders of one noun", ["forth", "back"]);
Row("---", ["---", "---"]);
PrintCycles(folder => folder, sameNoun: true);
Console.WriteLine();
Row("folders of more than 25 files", ["files"]);
Row("---", ["---"]);
foreach (var (folder, files) in projects.SelectMany(project => Large(sources[project])))
{
    Row(folder, [Number(files)]);
}

void PrintCycles(Func<string, string> level, bool sameNoun = false)
{
    foreach (var (one, other, forth, back) in references.Cycles(level).Where(pair => !sameNoun || Noun(pair.One) == Noun(pair.Other)))
    {
        if (one.Length > 0 && one != "Data" && other != "Data")
        {
            Row($"{one} ⇄ {other}", [Number(forth), Number(back)]);
        }
    }
}

static string Noun(string folder) => folder.Split('.')[0];

static IEnumerable<(string Folder, int Files)> Large(IEnumerable<Source> files) =>
    from file in files
    group file by Path.GetDirectoryName(file.Path) into folder
    where folder.Count() > MostFiles
    orderby folder.Count() descending
    select (folder.Key, folder.Count());

static string Spread(IEnumerable<int> values)
{
    var sorted = values.Order().ToArray();
    return sorted.Length == 0
        ? "–"
        : $"{Number(sorted[sorted.Length / 2])}, {Number(sorted[sorted.Length * 9 / 10])}, {Number(sorted[^1])}";
}

static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

static void Row(string first, IEnumerable<string> rest) => Console.WriteLine($"| {first} | {string.Join(" | ", rest)} |");
