using System.Text.Json.Serialization;

namespace Republic.Core.Lora.Progress;

/// <summary>What a run tells while it works: <see cref="TrainingBegun"/>, <see cref="StepDone"/>, <see cref="ValidationDone"/> or <see cref="TrainingNote"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TrainingBegun), "begun")]
[JsonDerivedType(typeof(StepDone), "step")]
[JsonDerivedType(typeof(ValidationDone), "validation")]
[JsonDerivedType(typeof(TrainingNote), "note")]
public abstract record TrainingProgress;
