using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets.Reading.Tables;

/// <summary>Where a <see cref="RowMapping"/>'s columns are, counted from 0; -1 for none.</summary>
internal sealed record TablePlaces(int Prompt, int Answer, int System, int Input)
{
    public static Outcome<TablePlaces> Of(RowMapping mapping, IReadOnlyList<string> columns)
    {
        var errors = new List<FieldError>();
        int Place(string field, string? name)
        {
            if (string.IsNullOrEmpty(name))
            {
                return -1;
            }

            var places = Enumerable.Range(0, columns.Count).Where(i => columns[i] == name).Take(2).ToList();
            if (places.Count != 1)
            {
                var problem =
                    places.Count == 0 ? $"There is no column \"{Quoted.Of(name)}\"" : $"Two columns are called \"{Quoted.Of(name)}\"";
                errors.Add(new FieldError(field, $"{problem}; the columns are {Quoted.Of(columns)}."));
                return -1;
            }

            return places[0];
        }

        var found = new TablePlaces(
            Place("prompt", mapping.Prompt),
            Place("answer", mapping.Answer),
            Place("system", mapping.System),
            Place("input", mapping.Input)
        );
        if (errors.Count == 0 && (found.Prompt < 0 || found.Answer < 0 || found.Prompt == found.Answer))
        {
            errors.Add(new FieldError("mapping", "Choose one column for the prompt and another for the answer."));
        }

        return errors.Count == 0 ? found : Failure.Invalid(errors);
    }
}
