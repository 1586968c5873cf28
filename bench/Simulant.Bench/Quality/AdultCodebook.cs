namespace Simulant.Bench.Quality;

/// <summary>
/// Adult under <c>privacy</c>: levels and ranges as the public codebook lists them (Becker and Kohavi 1996; ages from 17 to 90, hours
/// to 99, gains to 99999), not as the data shows them. What the codebook leaves open is discovered out of the budget.
/// </summary>
internal static class AdultCodebook
{
    public static string Spec(string train, string holdout, string engine, string more) => $$"""
        simulant: 1
        name: adult
        source: { train: "{{train}}", holdout: "{{holdout}}", target: income, missing: "?" }
        engine: {{engine}}
        columns:
          age: { type: integer, domain: [17, 90] }
          workclass: { type: category, levels: [Private, Self-emp-not-inc, Self-emp-inc, Federal-gov, Local-gov, State-gov, Without-pay,
            Never-worked] }
          fnlwgt: integer
          education: { type: category, levels: [Bachelors, Some-college, 11th, HS-grad, Prof-school, Assoc-acdm, Assoc-voc, 9th, 7th-8th,
            12th, Masters, 1st-4th, 10th, Doctorate, 5th-6th, Preschool] }
          education-num: { type: integer, domain: [1, 16] }
          marital-status: { type: category, levels: [Married-civ-spouse, Divorced, Never-married, Separated, Widowed,
            Married-spouse-absent, Married-AF-spouse] }
          occupation: { type: category, levels: [Tech-support, Craft-repair, Other-service, Sales, Exec-managerial, Prof-specialty,
            Handlers-cleaners, Machine-op-inspct, Adm-clerical, Farming-fishing, Transport-moving, Priv-house-serv, Protective-serv,
            Armed-Forces] }
          relationship: { type: category, levels: [Wife, Own-child, Husband, Not-in-family, Other-relative, Unmarried] }
          race: { type: category, levels: [White, Asian-Pac-Islander, Amer-Indian-Eskimo, Other, Black] }
          sex: { type: category, levels: [Female, Male] }
          capital-gain: { type: integer, domain: [0, 99999] }
          capital-loss: { type: integer, domain: [0, null] }
          hours-per-week: { type: integer, domain: [1, 99] }
          native-country: { type: category, levels: [United-States, Cambodia, England, Puerto-Rico, Canada, Germany,
            "Outlying-US(Guam-USVI-etc)", India, Japan, Greece, South, China, Cuba, Iran, Honduras, Philippines, Italy, Poland, Jamaica,
            Vietnam, Mexico, Portugal, Ireland, France, Dominican-Republic, Laos, Ecuador, Taiwan, Haiti, Columbia, Hungary, Guatemala,
            Nicaragua, Scotland, Thailand, Yugoslavia, El-Salvador, "Trinadad&Tobago", Peru, Hong, Holand-Netherlands] }
          income: { type: category, levels: [">50K", "<=50K"] }
        {{more}}
        """;
}
