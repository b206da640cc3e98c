using Republic.Core.Lora;
using Republic.Core.Minions;

namespace Republic.Core.Training.Configuration;

/// <summary>What each type of run needs, for a minion on a model that runs here and for one at a provider.</summary>
internal static class RunFit
{
    public static IEnumerable<FieldError> Problems(TrainingConfig config, RunParts parts, Minion minion, bool isLocal) =>
        [
            .. Address(config, minion),
            .. Model(config.Model, minion),
            .. Collections(parts),
            .. parts.Type == TrainingType.RagOnly ? WithoutWeights(config)
            : isLocal ? Here(config, parts, minion)
            : Elsewhere(config, parts, minion.Citizen.DisplayName),
        ];

    private static IEnumerable<FieldError> Address(TrainingConfig config, Minion minion)
    {
        if (config.Model.BaseUrl is { Length: > 0 } address && address != minion.BaseUrl)
        {
            yield return new(
                "config.model.baseUrl",
                $"The address is {minion.Citizen.DisplayName}'s own. Change it there, where the key is asked for again."
            );
        }
    }

    private static IEnumerable<FieldError> Model(AnswerConfig asked, Minion minion)
    {
        var own =
            $"A run asks {minion.Citizen.DisplayName}'s own model, {minion.ModelId} at {minion.Provider}. Leave it out, or change it there.";
        if (asked.Provider is { Length: > 0 } provider && provider != minion.Provider)
        {
            yield return new("config.model.provider", own);
        }

        if (asked.Model is { Length: > 0 } model && model != minion.ModelId)
        {
            yield return new("config.model.model", own);
        }
    }

    private static IEnumerable<FieldError> Collections(RunParts parts)
    {
        if (!parts.LinksCollections && parts.Collections > 0)
        {
            yield return new("collection_ids", "lora_only links no collections. Choose hybrid or rag_only, or leave them out.");
        }

        if (parts is { LinksCollections: true, Collections: 0, Datasets: 0 })
        {
            yield return new("collection_ids", "Choose a collection to answer from, or a dataset that one is built of.");
        }
    }

    private static IEnumerable<FieldError> WithoutWeights(TrainingConfig config)
    {
        if (config.BaseModel is not null)
        {
            yield return new("config.base_model", "rag_only trains no weights. Leave base_model out, or choose hybrid.");
        }
    }

    private static IEnumerable<FieldError> Here(TrainingConfig config, RunParts parts, Minion minion)
    {
        if (config.BaseModel is { } other && other != minion.ModelId)
        {
            yield return new(
                "config.base_model",
                $"{minion.Citizen.DisplayName} runs on {minion.ModelId}, and weights trained on {other} would not fit it. Leave base_model out, or choose a minion on {other}."
            );
        }

        if (parts.Datasets == 0)
        {
            yield return new("dataset_ids", $"Weights are learned from rows: choose a dataset with at least {LoraSettings.FewestRows}.");
        }
    }

    /// <summary>What a run changes of a minion at a provider: what it is told, and the style adapter that rows are learned with.</summary>
    private static IEnumerable<FieldError> Elsewhere(TrainingConfig config, RunParts parts, string name)
    {
        if (parts.Datasets > 0 && (parts.Type == TrainingType.Hybrid || config.BaseModel is not null))
        {
            yield break;
        }

        if (config.BaseModel is not null)
        {
            yield return new(
                "dataset_ids",
                $"A style adapter is learned from rows: choose a dataset with at least {LoraSettings.FewestRows}, or leave base_model out."
            );
        }

        if (config.Traits.Selected.Count == 0)
        {
            yield return new(
                "config.loraConfig.selectedTraits",
                parts.Type == TrainingType.Hybrid
                    ? $"Without a dataset there is no style to learn, so traits are what a run can change of {name} beside its collections. Choose at least one, or rag_only."
                    : $"{name} runs at its provider, where traits are what a run can change. Choose at least one."
            );
        }
    }
}
