using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Lora;
using Republic.Core.Minions;
using Republic.Core.ModelHost.Files;
using Republic.Core.ModelHost.Gguf;
using Republic.Core.Providers;
using Republic.Core.Training.Traits;

namespace Republic.Core.Training;

/// <summary>Reads a run's configuration, holds it against the minion, and fills in what follows from minion and base.</summary>
public sealed class TrainingConfigReader(ProviderCatalog catalog, DataFolder data, IOptions<TrainingOptions> options)
{
    private static readonly JsonSerializerOptions Strict = new(TrainingJson.Options) { NumberHandling = JsonNumberHandling.Strict };

    /// <summary>On a model that runs here weights are trained; elsewhere only what the model is told can change.</summary>
    public TrainingMethod MethodFor(Minion minion) =>
        catalog.Find(minion.Provider)?.Transport == ProviderTransport.ModelHost ? TrainingMethod.Lora : TrainingMethod.Persona;

    /// <summary>On models that run here always; elsewhere as this installation is set up.</summary>
    public bool MayTrain(Minion minion) =>
        MethodFor(minion) == TrainingMethod.Lora
        || (options.Value.ExternalEnabled && (options.Value.Providers.Count == 0 || options.Value.Providers.Contains(minion.Provider)));

    /// <summary>The built-in model never grades: it is too small to.</summary>
    public bool CanJudge(Minion minion) =>
        catalog.Find(minion.Provider) is { } row && (row.Transport != ProviderTransport.ModelHost || row.DefaultModel != minion.ModelId);

    /// <summary>Holds a configuration against the minion and fills in what was left out.</summary>
    public Outcome<TrainingConfig> Fill(TrainingConfig config, Minion minion, int datasets)
    {
        var method = MethodFor(minion);
        config = config with { JudgeWasFound = false };
        List<FieldError> errors =
        [
            .. config.Problems(),
            .. config
                .Traits.ToSelection()
                .Problems(TraitCatalog.Embedded, minion.Level)
                .Select(error => error with { Field = $"config.loraConfig.{error.Field}" }),
            .. Fit(config, minion, method, datasets),
        ];
        return errors.Count > 0 ? Failure.Invalid(errors)
            : method == TrainingMethod.Lora ? WithBase(config, minion)
            : config;
    }

    /// <summary>The settings as they would be for so many rows: what the form shows before anything is made.</summary>
    public Outcome<LoraSettings> Resolve(LoraSettings settings, Minion minion, int rows)
    {
        var parameters = ParametersOf(minion);
        return parameters.Ok ? settings.Resolve(parameters.Value, rows) : parameters.Failure;
    }

    /// <param name="sent">Null takes every default.</param>
    internal static Outcome<TrainingConfig> Parse(JsonElement? sent)
    {
        if (sent is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } json)
        {
            return new TrainingConfig();
        }

        try
        {
            return json.Deserialize<TrainingConfig>(Strict)!;
        }
        catch (JsonException error)
        {
            var field = "config" + (error.Path ?? "$")[1..];
            return Failure.Invalid(field, $"{field} is not of the kind it should be. {error.InnerException?.Message ?? error.Message}");
        }
    }

    private static IEnumerable<FieldError> Fit(TrainingConfig config, Minion minion, TrainingMethod method, int datasets)
    {
        var name = minion.Citizen.DisplayName;
        if (config.Model.BaseUrl is { Length: > 0 } address && address != minion.BaseUrl)
        {
            yield return new("config.model.baseUrl", $"The address is {name}'s own. Change it there, where the key is asked for again.");
        }

        if (method == TrainingMethod.Lora && config.BaseModel is { } other && other != minion.ModelId)
        {
            yield return new(
                "config.base_model",
                $"{name} runs on {minion.ModelId}, and weights trained on {other} would not fit it. Leave base_model out, or choose a minion on {other}."
            );
        }

        if (method == TrainingMethod.Lora && datasets == 0)
        {
            yield return new("dataset_ids", $"Weights are learned from rows: choose a dataset with at least {LoraSettings.FewestRows}.");
        }

        if (method == TrainingMethod.Persona && config.BaseModel is not null)
        {
            yield return new("config.base_model", $"{name} runs at its provider, where no weights are trained. Leave base_model out.");
        }

        if (method == TrainingMethod.Persona && config.Traits.Selected.Count == 0)
        {
            yield return new(
                "config.loraConfig.selectedTraits",
                $"{name} runs at its provider, where traits are what a run can change. Choose at least one."
            );
        }
    }

    /// <summary>The rate follows from the base's size; the epochs follow from the rows, and are filled in when those are known.</summary>
    private Outcome<TrainingConfig> WithBase(TrainingConfig config, Minion minion)
    {
        var parameters = ParametersOf(minion);
        return parameters.Ok
            ? config with
            {
                BaseModel = minion.ModelId,
                Lora = config.Lora.WithRate(parameters.Value),
            }
            : parameters.Failure;
    }

    private Outcome<long> ParametersOf(Minion minion)
    {
        try
        {
            return ParametersOf(ModelLookup.ModelPath(minion.ModelId, data));
        }
        catch (Exception error) when (error is FileNotFoundException or GgufException)
        {
            return Failure.Conflict(error.Message);
        }
    }

    internal static long ParametersOf(string model) =>
        GgufReader.Read(model).Tensors.Sum(tensor => tensor.Shape.Aggregate(1L, (product, length) => product * length));
}
