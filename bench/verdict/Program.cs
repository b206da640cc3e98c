using System.Globalization;
using Republic.Bench;
using Republic.Bench.Results;
using Republic.Bench.Rows;
using Republic.Sprout.Intents;

var questions = Path.GetFullPath("../../../../sprout", AppContext.BaseDirectory);
var model = Path.GetFullPath("../../../../../models/sprout.gguf", AppContext.BaseDirectory);
var embedding = Path.GetFullPath("../../../../../artifacts/models/all-minilm-l6-v2.gguf", AppContext.BaseDirectory);
Answerable.LeaveOut(questions);
switch (args)
{
    case ["rows", var kind, var seed, var folder]:
        DataKind.Make(kind, long.Parse(seed, CultureInfo.InvariantCulture)).Write(folder);
        break;
    case ["campaign", var app, var folder, var results, var nodes]:
        await CampaignOf(app, folder, results).RunAsync(Plan.Whole, int.Parse(nodes, CultureInfo.InvariantCulture));
        break;
    case ["some", var app, var folder, var results, .. var runs]:
        await CampaignOf(app, folder, results).RunAsync([.. runs.Select(PlannedRun.Parse)], Math.Min(2, runs.Length));
        break;
    case ["quick", var app, var folder, var results]:
        await CampaignOf(app, folder, results).QuickAsync();
        break;
    case ["overlap", var seeds]:
        using (var vectors = new TextVectors(embedding))
        {
            foreach (var line in new Overlap(vectors).Lines(int.Parse(seeds, CultureInfo.InvariantCulture)))
            {
                Console.WriteLine(line);
            }
        }

        break;
    case ["report", var results]:
        foreach (var line in new Report(new ResultsFile(results).Read()).Lines())
        {
            Console.WriteLine(line);
        }

        break;
    default:
        throw new InvalidOperationException(
            "Use: rows <kind> <seed> <folder> | campaign <republic.dll> <folder> <results> <nodes> | some <republic.dll> <folder> <results> <kind/variant/seed>… | quick <republic.dll> <folder> <results> | report <results> | overlap <seeds>"
        );
}

Campaign CampaignOf(string app, string folder, string results) =>
    new(Path.GetFullPath(app), Path.GetFullPath(folder), model, questions, new ResultsFile(results));
