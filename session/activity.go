package session

// The counts of activity have the codes of the Coop de la médiation numérique, as its read route gives them
// (github.com/inclusion-numerique/coop-mediation-numerique, June 2026). NotSaid is allowed everywhere.
const NotSaid = "non_communique"

// ActivityKinds are the kinds of an intervention.
func ActivityKinds() []string { return []string{"individuel", "collectif", NotSaid} }

// ActivityThemes are what it was about; several may be.
func ActivityThemes() []string {
	return []string{
		"aide_aux_demarches_administratives", "prendre_en_main_du_materiel", "navigation_sur_internet", "email",
		"bureautique", "reseaux_sociaux", "sante", "banque_et_achats_en_ligne", "insertion_professionnelle",
		"securite_numerique", "parentalite", "scolarite_et_numerique", "culture_numerique", NotSaid,
	}
}

// ActivityAges are the bands of age.
func ActivityAges() []string {
	return []string{
		"moins_de_douze", "douze_dix_sept", "dix_huit_vingt_quatre", "vingt_cinq_trente_neuf", "quarante_cinquante_neuf",
		"soixante_soixante_neuf", "soixante_dix_plus", NotSaid,
	}
}

// ActivityStatuses are what the person does in life.
func ActivityStatuses() []string {
	return []string{"scolarise", "sans_emploi", "en_emploi", "retraite", NotSaid}
}

// CountOptions is the four taps at the end of an intervention. An empty one is NotSaid.
type CountOptions struct {
	Kind   string
	Themes []string
	Age    string
	Status string
}

// FewPeople is the least number that is told: what is smaller is merged or said as « less than five », so that nobody
// can be recognised in a count (CNIL, on anonymous statistics).
const FewPeople = 5

// Activity is the counts of one day.
type Activity struct {
	// Total is how many interventions there were; 0 with Few when there were some, but fewer than FewPeople.
	Total int
	Few   bool
	// Cells are the counts that are large enough to be told, each by its code; "other" is what was merged.
	Cells []ActivityCell
}

// ActivityCell is one count.
type ActivityCell struct {
	Code  string
	Count int
}
